"""Checks spellings of numbers. Standard input: lines of a double's shortest spelling and ours, apart by a space.

Ours must be plain decimals of the same value to the last digit, with no needless ones, and give the same double.
"""
import re
import sys
from decimal import Decimal, getcontext

getcontext().prec = 2000
PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")

count = 0
for line in sys.stdin:
    shortest, ours = line.split()
    count += 1
    if not PLAIN.fullmatch(ours) or float(ours) != float(shortest):
        print(f"{shortest} is spelled {ours}")
    # Integers below 2^63 have all their digits, which may be more than tell them from other doubles.
    elif "." in ours and Decimal(ours) != Decimal(shortest):
        print(f"{shortest} has the digits {ours}")
print(count)
