"""Who one is on a platform: personas, aliases, and what each platform was actually given."""
