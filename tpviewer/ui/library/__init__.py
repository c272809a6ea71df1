"""The library: the temporal prototypes of many sessions beside each other."""
