"""The OpenAPI 3.1 document, generated from the field dictionaries."""

from .document import Document, Resource
from .shapes import Shapes, shape

__all__ = ["Document", "Resource", "Shapes", "shape"]
