"""Who may call what partners write by: keys of their own, and many at a time. What has a key
elsewhere has it in a system of the organisation of "member"."""

TABLE = """
POST api-batches.create       AAAAAS
"""
TABLE_OF_KINDS = """
GET api-*.by_key              AAAHHH
GET api-+.by_key              AAAHHH
PUT api-*.put_by_key          AAAFFS
PUT api-+.put_by_key          AAFFFS
GET api-*.external_keys       AAAAAA AAAHHH GGHHHH
GET api-+.external_keys       AAAAAA AAAHHH GGHHHH
"""
