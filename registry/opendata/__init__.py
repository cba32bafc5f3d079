"""The register as open data: its catalogue, and how machines and people find their way to it."""
