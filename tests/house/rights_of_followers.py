"""Who may follow what changes, and take all of it along: rows of the table in `rights`. There is
no dump yet, for anybody."""

TABLE_OF_FOLLOWERS = """
GET api-changes.index     AAAAAA
GET api-dumps.index       AAAAAA
GET api-dumps.show        HHHHHH
"""
