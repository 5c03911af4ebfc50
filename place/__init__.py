"""Where it happened: the map of Indonesia, offline, from a point or typed words to the right kabupaten/kota.

`place.areas` knows codes, names, offices and zones with the standard library alone; `place.find` answers points,
typed places and stories with `place.found.Found`; `place.lines` is the door for machines. The map itself is built
by `place.build` into `place/data/`, with its licences in `place/data/ATTRIBUTION.md`.
"""
