"""Make a private authority, a certificate of 127.0.0.1 and one of a client, as PEM files.

Usage: certificates.py FOLDER
"""

import sys
from pathlib import Path

import trustme

folder = Path(sys.argv[1])
authority = trustme.CA()
authority.cert_pem.write_to_path(folder / "ca.pem")
for name, certificate in {
    "server": authority.issue_cert("127.0.0.1"),
    "client": authority.issue_cert("client@example.org"),
}.items():
    certificate.private_key_pem.write_to_path(folder / f"{name}.key")
    for part in certificate.cert_chain_pems:
        part.write_to_path(folder / f"{name}.pem", append=True)
