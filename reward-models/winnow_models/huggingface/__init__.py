"""Turns a directory as Hugging Face's `save_pretrained` writes it into a reward bundle; `conversion` has the phases."""
