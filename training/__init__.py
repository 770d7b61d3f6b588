"""How the model is made: corpus, augmentation, training, export. Nothing at run time imports it.

``python -m training`` is the whole recipe; docs/training.md tells what it does.
"""
