"""Long work that outlives a request: asked for, taken up by a worker, and followed by who asked."""
