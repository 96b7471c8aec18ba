#pragma once
#include <atomic>
#include <cstdint>
#include <exception>
#include <thread>
#include <type_traits>
#include <vector>

namespace rhoam::core {

/// Size of a pool for which `asked` threads were requested: at most one per processor that the process may
/// use, as more would only take turns; 0 requests that many.
int pool_size(int asked);

/// A fixed team of threads that runs loops; the caller is one of them, and a team of one runs everything
/// inline. Which thread runs which index is not fixed, so a task must depend on its index alone. One loop at
/// a time; not reentrant.
class ThreadPool {
 public:
  /// As many threads as requested, even with fewer processors.
  struct Exactly {
    int threads;
  };
  /// `pool_size(asked)` threads. Throws Error when the system cannot start them.
  explicit ThreadPool(int asked) : ThreadPool(Exactly{pool_size(asked)}) {}
  explicit ThreadPool(Exactly size);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const { return static_cast<int>(workers_.size()) + 1; }

  /// Runs task(0) … task(count−1) and returns when all are done. Rethrows the first exception of a task.
  /// Allocates nothing.
  template <class Task>
  void run(int count, Task&& task) {
    using Callable = std::remove_reference_t<Task>;
    run(
        count, [](void* context, int index) { (*static_cast<Callable*>(context))(index); },
        const_cast<void*>(static_cast<const void*>(&task)));
  }

 private:
  using Body = void (*)(void*, int);
  void run(int count, Body body, void* context);
  void work();
  void stop();
  void take_indices(std::uint32_t loop);
  void run_index(int index);

  // A worker that comes late may read these while the next loop is set up; it then takes no index.
  std::atomic<Body> body_{nullptr};
  std::atomic<void*> context_{nullptr};
  std::atomic<int> count_{0};
  std::atomic<std::uint64_t> next_{0};  // number of the loop, then the next index; 32 bits each
  std::atomic<int> done_{0};            // indices
  std::atomic<std::uint32_t> loop_{0};  // its number
  std::atomic<bool> stop_{false};
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
  std::vector<std::jthread> workers_;
};

}  // namespace rhoam::core
