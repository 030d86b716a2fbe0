"""The guided form for a Ratsbeschluss: type it in, see what it changes, confirm, take it back."""
