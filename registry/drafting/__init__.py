"""The screens on which an annex is made: read, written, asked about, frozen and compared."""
