"""Files into the library: read, analysed in a process of its own, stored whole or not at all."""
