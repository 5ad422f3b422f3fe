// What the vector kernels share. Included once for every target, after highway.h.
#if defined(CONVSCOPE_ENGINE_FAST_SIMD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_ENGINE_FAST_SIMD_INL_H_
#undef CONVSCOPE_ENGINE_FAST_SIMD_INL_H_
#else
#define CONVSCOPE_ENGINE_FAST_SIMD_INL_H_
#endif

#include "engine/core/tensor.h"

// Loops over register blocks have constant bounds and must be unrolled, else the block lives in
// memory.
#ifndef CONVSCOPE_UNROLL
#if defined(__clang__)
#define CONVSCOPE_UNROLL _Pragma("clang loop unroll(full)")
#else
#define CONVSCOPE_UNROLL _Pragma("GCC unroll 32")
#endif
#endif

HWY_BEFORE_NAMESPACE();
namespace convscope::fast::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using Vector = hn::Vec<Floats>;

// Floats in a vector, and vector registers that the target has. Each version of Highway knows more
// kinds of AVX-512, all with lower bits.
constexpr Index kLanes = static_cast<Index>(HWY_LANES(float));
#if (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3) || HWY_ARCH_ARM_A64
constexpr int kRegisters = 32;
#else
constexpr int kRegisters = 16;
#endif

// Up to this height a column of the kernel stays in registers.
constexpr int kMaxHeld = kRegisters == 32 ? 11 : 7;

// Rows of a block with a held kernel column: what the registers hold besides the column and one
// loaded vector a column of the block. 6, 5, 4 rows of two vectors for heights 3, 5, 7 with 16
// registers. For one row of weights no more than keep the multipliers busy, and as many as for
// heights from 7 on: low_rank_path.cpp passes blocks from one to the other.
constexpr int held_rows(int height) {
  if (kRegisters == 32) return 8;
  return height == 1 ? 4 : (kRegisters - 1 - height) / 2;
}

// Keeps a loaded vector in a register. GCC 12 otherwise folds the load into each multiplication
// that uses it, and the kernel is bound by loads. (Clang, __GNUC__ too, can't take such a vector.)
HWY_INLINE void hold(Vector& v) {
#if HWY_ARCH_X86 && defined(__GNUC__) && !defined(__clang__)
#if HWY_TARGET <= HWY_AVX3
  asm("" : "+v"(v.raw));
#else
  asm("" : "+x"(v.raw));
#endif
#else
  (void)v;
#endif
}

}  // namespace convscope::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
