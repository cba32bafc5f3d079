"""Actuality (actualiteit): how long ago somebody last said how a running record stands."""
