"""Renderer, data sets and training of Action Unit models."""
