"""Threads and the engine's process: generators and decoders turned into Qt signals."""
