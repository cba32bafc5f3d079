"""The key of a second factor as people and apps read it: a QR code, and groups of letters."""

import pyotp
import segno

ISSUER = "Samenwerkingsregister"


def picture(secret: str, email: str) -> str:
    """The QR code for an app, as the address of an SVG image."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    drawn: str = segno.make(uri, error="m").svg_data_uri(scale=5, border=3, light="#fff")
    return drawn


def grouped(secret: str) -> str:
    """The key for who cannot scan, in groups of four."""
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
