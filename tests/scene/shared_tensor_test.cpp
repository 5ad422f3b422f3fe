// Large tensors are freed on a thread of their own, also where there is no memory left for that.
#include "app/scene/shared_tensor.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <semaphore>
#include <thread>

namespace {
thread_local bool out_of_memory = false;  // for this thread
}  // namespace

void* operator new(std::size_t size) {
  void* p = out_of_memory ? nullptr : std::malloc(size == 0 ? 1 : size);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}
void operator delete(void* p) noexcept {
  std::free(p);
}
void operator delete(void* p, std::size_t) noexcept {
  std::free(p);
}

namespace convscope::scene {
namespace {

// Tells when it is freed, and by whom.
struct Witness {
  struct Death {
    std::binary_semaphore happened{0};
    std::thread::id by;
  };
  Death* death = nullptr;
  explicit Witness(Death& of) : death(&of) {}
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;
  ~Witness() {
    death->by = std::this_thread::get_id();
    death->happened.release();
  }
};

constexpr std::chrono::seconds kHang{120};

TEST(FreeElsewhere, IsDoneOnAnotherThread) {
  Witness::Death death;
  free_elsewhere(std::make_shared<const Witness>(death));
  ASSERT_TRUE(death.happened.try_acquire_for(kHang));
  EXPECT_NE(death.by, std::this_thread::get_id());
}

TEST(FreeElsewhere, IsDoneOnTheSpotWithoutMemory) {
  Witness::Death death;
  auto last = std::make_shared<const Witness>(death);
  out_of_memory = true;
  free_elsewhere(std::move(last));
  out_of_memory = false;
  EXPECT_TRUE(death.happened.try_acquire_for(kHang));
}

TEST(FreeElsewhere, IsDoneByADeleterThatHasNoMemoryForItsPointer) {
  Witness::Death death;
  std::shared_ptr<const Witness> last(new Witness(death), FreeElsewhere{});
  out_of_memory = true;
  last.reset();
  out_of_memory = false;
  ASSERT_TRUE(death.happened.try_acquire_for(kHang));
  EXPECT_EQ(death.by, std::this_thread::get_id());
}

TEST(SharedTensor, KeepsItsValues) {
  for (const Index rows : {3, 3000}) {
    const TensorPtr tensor = shared_tensor(Tensor(Shape{1, 1, rows, 1000}, 2.0f));
    EXPECT_EQ(tensor->shape(), (Shape{1, 1, rows, 1000}));
    EXPECT_EQ(tensor->at(rows - 1, 999), 2.0f);
  }
}

}  // namespace
}  // namespace convscope::scene
