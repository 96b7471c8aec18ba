#include "rhoam/core/thread_pool.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/core/processors.h"

namespace rhoam::core {
namespace {

// Loops follow each other within microseconds during a rollout, so a worker spins for a moment before it
// sleeps.
constexpr int kSpins = 4000;

template <class Value>
void wait_while(const std::atomic<Value>& variable, Value value) {
  for (int spin = 0; spin < kSpins; ++spin) {
    if (variable.load(std::memory_order_acquire) != value) return;
    __builtin_ia32_pause();
  }
  variable.wait(value, std::memory_order_acquire);
}

}  // namespace

int pool_size(int asked) {
  const int processors = usable_processors();
  return asked > 0 ? std::min(asked, processors) : processors;
}

ThreadPool::ThreadPool(Exactly size) {
  try {
    for (int i = 1; i < size.threads; ++i) workers_.emplace_back([this] { work(); });
  } catch (const std::system_error& error) {
    stop();
    throw Error(ExitCode::failure,
                "cannot start " + std::to_string(size.threads) + " threads: " + error.what());
  }
}

ThreadPool::~ThreadPool() { stop(); }

void ThreadPool::stop() {
  stop_ = true;
  ++loop_;
  loop_.notify_all();
}

void ThreadPool::run_index(int index) {
  try {
    body_.load(std::memory_order_relaxed)(context_.load(std::memory_order_relaxed), index);
  } catch (...) {
    if (!failed_.exchange(true)) failure_ = std::current_exception();
  }
}

void ThreadPool::take_indices(std::uint32_t loop) {
  std::uint64_t next = next_.load(std::memory_order_acquire);
  while (next >> 32 == loop) {
    const int index = static_cast<int>(next & 0xffffffff), count = count_.load(std::memory_order_acquire);
    if (index >= count) return;
    if (!next_.compare_exchange_weak(next, next + 1, std::memory_order_acquire)) continue;
    run_index(index);
    if (done_.fetch_add(1, std::memory_order_acq_rel) + 1 == count) done_.notify_one();
    next = next_.load(std::memory_order_acquire);
  }
}

void ThreadPool::work() {
  for (std::uint32_t seen = 0;;) {
    wait_while(loop_, seen);
    seen = loop_.load(std::memory_order_acquire);
    if (stop_) return;
    take_indices(seen);
  }
}

void ThreadPool::run(int count, Body body, void* context) {
  if (workers_.empty() || count <= 1) {
    for (int index = 0; index < count; ++index) body(context, index);
    return;
  }
  const std::uint32_t loop = loop_.load(std::memory_order_relaxed) + 1;
  const std::uint64_t first = std::uint64_t{loop} << 32;
  // Closed before anything changes: a worker that is late from the last loop and sees the new count must not
  // take an index of it.
  next_.store(first + std::numeric_limits<int>::max(), std::memory_order_relaxed);
  body_.store(body, std::memory_order_relaxed);
  context_.store(context, std::memory_order_relaxed);
  done_.store(0, std::memory_order_relaxed);
  count_.store(count, std::memory_order_release);
  next_.store(first, std::memory_order_release);
  loop_.store(loop, std::memory_order_release);
  loop_.notify_all();
  take_indices(loop);
  // Waits for the indices, not for the workers: where these get no processor, the caller has done all the
  // work and goes on.
  for (int done; (done = done_.load(std::memory_order_acquire)) != count;) wait_while(done_, done);
  if (failed_.exchange(false)) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace rhoam::core
