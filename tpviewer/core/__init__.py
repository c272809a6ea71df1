"""The method of the paper as pure functions of arrays: no files, no Qt, no TensorFlow."""
