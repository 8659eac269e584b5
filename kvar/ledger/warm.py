"""A tiny invented ledger, read once so that all that a read needs is loaded."""

import pickle

from kvar.ledger.container import Payload
from kvar.ledger.read import read_payload

TEXT = """Leverantör;Organisationsnummer;Momsnummer;Konto;Belopp;Datum;Fakturanummer;Text
Bageri Exempel AB;559900-0006;;6440;1 250,50;2024-03-01;1;Bröd
"Städ ""Exempel"" HB";;SE559900000601;6460;-10,00;2024-03-02;2;Avser 811228-9874
Frida Testsson;811228-9874;GB980780684;6460;1.250,00;2024-02-30;3;
Dödsbo Exempel;;;6460;(3,5);2024-03-02;4;x
;;;;;;;
Summa;;;;1240,50
"""


def read_one() -> None:
    """Read and pack it."""
    data = (TEXT + "Firma Exempel AB;;;6440;1,00;2024-03-03;5;\n" * 20).encode()
    pickle.dumps(read_payload(Payload("exempel.csv", "0" * 64, "text", data), key=bytes(32)))
