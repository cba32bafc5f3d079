"""Who may ask what of the list of a kind, and of the sources of a record: rows of the table in
`rights`."""

TABLE_OF_LISTS = """
GET api-*.facets     AAAAAA
GET api-+.facets     AAAAAA
GET api-*.sources    AAAAAA AAAHHH GGHHHH
GET api-+.sources    AAAAAA AAAHHH GGHHHH
"""
