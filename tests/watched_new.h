// Replaces the program's operator new and delete, for a test that watches allocations. Only one
// file of the test may include this.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

namespace convscope {

// Called before each allocation of `size` bytes; may throw std::bad_alloc.
void before_allocation(std::size_t size);

inline void* allocate(std::size_t size, std::size_t alignment) {
  before_allocation(size);
  void* p = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}

}  // namespace convscope

void* operator new(std::size_t size) {
  return convscope::allocate(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return convscope::allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return convscope::allocate(size, alignof(std::max_align_t));
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* p) noexcept {
  std::free(p);
}
void operator delete(void* p, std::size_t) noexcept {
  std::free(p);
}
void operator delete(void* p, std::align_val_t) noexcept {
  std::free(p);
}
void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
  std::free(p);
}
