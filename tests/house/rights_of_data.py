"""Who may call which endpoint of open data: rows of the table in `rights`."""

TABLE = """
GET opendata.index        AAAAAA
GET wellknown.api_catalog AAAAAA
GET wellknown.security    AAAAAA
GET wellknown.robots      AAAAAA
GET sitemap.index         AAAAAA
GET sitemap.part          AAAAAA
GET api-catalog.show      AAAAAA
"""
