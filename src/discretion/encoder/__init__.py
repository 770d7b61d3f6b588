"""The one small language model: its files, tokenizer, sessions and batches.

What its outputs mean (labels, frames, limits) is the business of the package that reads them; here they are
arrays. Nothing of the model is loaded before ``Encoder.load`` is called.
"""

from discretion.encoder._encoder import Encoded, Encoder, Logits, State
from discretion.encoder._files import FILES, FOLDER, Manifest, ModelMissing, manifest

__all__ = ["FILES", "FOLDER", "Encoded", "Encoder", "Logits", "Manifest", "ModelMissing", "State", "manifest"]
