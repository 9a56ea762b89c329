"""The outline of metropolitan France, by well-known points of its coasts and borders.

Drawn for this site from facts that everyone may look up: where its capes, mouths of
rivers, passes and border towns are, to a hundredth of a degree. It was traced from
nobody's map, knows no border better than a few kilometres, and is in the public domain
(CC0 1.0), as facts are.
"""

# (longitude, latitude), clockwise.
Outline = list[tuple[float, float]]

MAINLAND: Outline = [
    # Belgium and Luxembourg: from the sea at Bray-Dunes to Schengen.
    *((2.55, 51.09), (2.62, 50.83), (2.90, 50.70), (3.14, 50.79), (3.27, 50.53)),
    *((3.67, 50.36), (4.12, 50.30), (4.17, 49.98), (4.50, 49.95), (4.68, 50.02)),
    *((4.83, 50.16), (4.85, 49.85), (5.27, 49.69), (5.77, 49.54), (6.37, 49.46)),
    # The Saar, the Lauter, then the Rhine up to Basel.
    *((6.70, 49.20), (7.05, 49.12), (7.45, 49.17), (7.64, 49.05), (8.23, 48.97)),
    *((7.80, 48.58), (7.58, 48.08), (7.54, 47.75), (7.59, 47.59)),
    # The Jura, Lake Geneva.
    *((7.25, 47.43), (7.00, 47.50), (6.94, 47.27), (6.45, 46.92), (6.07, 46.47)),
    *((6.12, 46.25), (5.97, 46.14), (6.25, 46.20), (6.30, 46.36), (6.80, 46.39)),
    # The Alps, over Mont Dolent, Mont Blanc, Mont Cenis, Fréjus, Mont Viso and Tende.
    *((6.80, 46.14), (7.04, 45.92), (6.81, 45.72), (7.13, 45.42), (7.08, 45.20)),
    *((6.62, 45.11), (7.07, 44.68), (6.88, 44.37), (7.57, 44.15), (7.70, 44.05)),
    *((7.53, 43.78),),
    # The Mediterranean, from Menton to Cape Cerbère.
    *((7.27, 43.69), (7.13, 43.54), (6.93, 43.43), (6.74, 43.41), (6.68, 43.19)),
    *((6.13, 43.05), (5.86, 43.05), (5.35, 43.21), (5.05, 43.33), (4.84, 43.36)),
    *((4.57, 43.37), (4.13, 43.49), (3.70, 43.40), (3.24, 43.20), (3.04, 42.88)),
    *((3.05, 42.55), (3.17, 42.43)),
    # The Pyrenees, over Le Perthus, Bourg-Madame, Luchon, Gavarnie and Somport.
    *((2.67, 42.34), (1.95, 42.40), (1.44, 42.60), (0.86, 42.82), (0.66, 42.69)),
    *((-0.02, 42.69), (-0.53, 42.80), (-0.75, 42.96), (-1.44, 43.05), (-1.79, 43.38)),
    # The Atlantic: Landes, Gironde, Vendée, Loire.
    *((-1.53, 43.53), (-1.30, 44.21), (-1.25, 44.62), (-1.04, 44.68), (-1.24, 44.73)),
    *((-1.16, 45.45), (-1.07, 45.57), (-0.72, 45.22), (-1.03, 45.61), (-1.24, 45.70)),
    *((-1.07, 45.92), (-1.17, 46.25), (-1.83, 46.49), (-2.13, 46.89), (-1.98, 47.05)),
    *((-2.24, 47.14), (-2.02, 47.29), (-2.54, 47.29)),
    # Brittany, round Quiberon, Penmarc’h, the Raz, Saint-Mathieu and Bréhat.
    *((-2.50, 47.51), (-3.12, 47.47), (-3.37, 47.70), (-3.98, 47.85), (-4.37, 47.80)),
    *((-4.73, 48.04), (-4.30, 48.10), (-4.62, 48.27), (-4.32, 48.31), (-4.77, 48.34)),
    *((-4.75, 48.54), (-3.98, 48.72), (-3.85, 48.66), (-3.52, 48.84), (-3.08, 48.87)),
    *((-2.73, 48.53), (-2.32, 48.68), (-1.85, 48.70), (-1.51, 48.63)),
    # The Channel: Cotentin, Seine, Caux, Somme, Gris-Nez.
    *((-1.61, 48.84), (-1.60, 49.22), (-1.95, 49.72), (-1.62, 49.65), (-1.26, 49.70)),
    *((-1.12, 49.35), (-0.25, 49.28), (0.42, 49.46), (0.08, 49.51), (0.20, 49.71)),
    *((1.08, 49.93), (1.47, 50.15), (1.57, 50.40), (1.58, 50.87), (1.85, 50.97)),
]

CORSICA: Outline = [
    *((9.40, 43.01), (9.48, 42.62), (9.56, 42.15), (9.40, 41.85), (9.37, 41.60)),
    *((9.22, 41.37), (8.80, 41.56), (8.88, 41.69), (8.66, 41.74), (8.76, 41.92)),
    *((8.60, 41.90), (8.60, 42.15), (8.55, 42.37), (8.73, 42.58), (9.10, 42.72)),
    *((9.32, 42.69), (9.34, 43.00)),
]

# What stands on the map itself; everything else is overseas, or further away.
WEST, EAST = -5.5, 10.0
SOUTH, NORTH = 41.0, 51.6


def is_metropolitan(longitude: float, latitude: float) -> bool:
    """Whether a place is on the map of metropolitan France, or right beside it."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH
