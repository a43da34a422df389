"""What is kept of a secret that lets somebody in: its hash, and never itself."""

from hashlib import sha256


def hash_of(secret: str) -> str:
    """Of any text: what somebody brings may have half a letter in it, and is then no secret of ours."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
