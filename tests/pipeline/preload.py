"""Imports that a child of the kill test should not wait for."""

import innvestigate
import tensorflow

import tpviewer.models.face_mesh

__all__ = ["innvestigate", "tensorflow", "tpviewer"]
