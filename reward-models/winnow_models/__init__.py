"""Recipes that train, export, check and evaluate Winnow's reward bundles."""
