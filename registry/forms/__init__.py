"""Forms read off the dictionary. WTForms draws and echoes; the rules are those of the schema."""

from .form import DictionaryForm, SchemaForm
from .versions import both_versions, overtaken

__all__ = ["DictionaryForm", "SchemaForm", "both_versions", "overtaken"]
