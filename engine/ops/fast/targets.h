#pragma once

// Included before Highway by every file with vector code. One binary carries SSE4 (the least that
// x86-64 machines of the last fifteen years have), AVX2 and AVX-512, or NEON; kernels keep vectors
// in arrays, which the scalable targets do not allow.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
