"""The documentation of the API, to read: a guide in parts, and a page per resource that is drawn
from the OpenAPI document and the field dictionaries."""
