"""An annex as a file to take along: written at once, or by a worker where it is large."""
