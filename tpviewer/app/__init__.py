"""The application: starts the window, and the commands that need one."""
