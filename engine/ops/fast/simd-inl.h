// Definitions that the vector kernels share. Included once for every target, after highway.h.
#if defined(CONVSCOPE_ENGINE_FAST_SIMD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_ENGINE_FAST_SIMD_INL_H_
#undef CONVSCOPE_ENGINE_FAST_SIMD_INL_H_
#else
#define CONVSCOPE_ENGINE_FAST_SIMD_INL_H_
#endif

#include "engine/core/tensor.h"

// Loops over register blocks have constant bounds and must be unrolled, or the block would live in
// memory.
#ifndef CONVSCOPE_UNROLL
#if defined(__clang__)
#define CONVSCOPE_UNROLL _Pragma("clang loop unroll(full)")
#else
#define CONVSCOPE_UNROLL _Pragma("GCC unroll 32")
#endif
#endif

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using Vector = hn::Vec<Floats>;

// The number of floats in a vector and of the target's vector registers. Highway has several kinds
// of AVX-512, which differ between versions; all have lower bits than AVX2.
constexpr Index kLanes = static_cast<Index>(HWY_LANES(float));
#if (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3) || HWY_ARCH_ARM_A64
constexpr int kRegisters = 32;
#else
constexpr int kRegisters = 16;
#endif

// Up to this height a column of the kernel stays in registers.
constexpr int kMaxHeld = kRegisters == 32 ? 11 : 7;

// Returns the rows of a block whose kernel column stays in registers: the column, one loaded vector
// for each column of the block and the block itself fill the registers. With 16 registers these are
// 6, 5 and 4 rows of two vectors for heights 3, 5 and 7. A height of 1 gets just enough rows to
// keep the multipliers busy, and as many as heights from 7 on, because low_rank_path.cpp passes
// blocks from one to the other.
constexpr int held_rows(int height) {
  if (kRegisters == 32) return 8;
  return height == 1 ? 4 : (kRegisters - 1 - height) / 2;
}

// Keeps a loaded vector in a register. GCC 12 otherwise folds the load into each multiplication
// that uses it, and loads become the bottleneck. (Clang, which also defines __GNUC__, can't take
// such a vector as an operand.)
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

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
