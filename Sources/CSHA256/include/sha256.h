#ifndef CSHA256_H
#define CSHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has instructions for SHA-256.
bool sha256_has_instructions(void);

/// Absorbs `count` blocks of 64 bytes into the eight words of `state`.
/// Only where `sha256_has_instructions` says so.
void sha256_absorb(uint32_t *state, const uint8_t *blocks, size_t count);

#endif
