"""Who may read the documentation of the API: everybody."""

TABLE_OF_DOCS = """
GET docs.index                AAAAAA
GET docs.rules                AAAAAA
GET docs.resource             AAAAAA
"""
