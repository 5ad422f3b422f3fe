#pragma once

// Every file with vector code includes this before Highway. One binary contains code for SSE4
// (which x86-64 machines of the last fifteen years have), AVX2 and AVX-512, or for NEON. The
// kernels keep vectors in arrays, which scalable targets don't allow.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
