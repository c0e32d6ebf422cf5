"""The desk: what officers take in by every channel of M5.2.5 but the web. One intake: a receipt and a case, as on the web."""
