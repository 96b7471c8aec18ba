#include "core/thread_pool.h"

#include <exception>
#include <string>
#include <system_error>
#include <utility>

#include "core/errors.h"

namespace rhoam::core {
namespace {

// Loops follow each other within microseconds during a rollout, so a worker looks again for a moment before
// it sleeps.
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

ThreadPool::ThreadPool(int threads) {
  try {
    for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { work(); });
  } catch (const std::system_error& error) {
    stop();
    throw Error(ExitCode::failure, "cannot start " + std::to_string(threads) + " threads: " + error.what());
  }
}

ThreadPool::~ThreadPool() { stop(); }

void ThreadPool::stop() {
  stop_ = true;
  ++generation_;
  generation_.notify_all();
}

void ThreadPool::take_indices() {
  for (int index; (index = next_.fetch_add(1, std::memory_order_relaxed)) < count_;) {
    try {
      body_(context_, index);
    } catch (...) {
      if (!failed_.exchange(true)) failure_ = std::current_exception();
    }
  }
}

void ThreadPool::work() {
  for (std::uint32_t seen = 0;;) {
    wait_while(generation_, seen);
    seen = generation_.load(std::memory_order_acquire);
    if (stop_) return;
    take_indices();
    if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
  }
}

void ThreadPool::run(int count, Body body, void* context) {
  if (workers_.empty() || count <= 1) {
    for (int index = 0; index < count; ++index) body(context, index);
    return;
  }
  body_ = body;
  context_ = context;
  count_ = count;
  next_.store(0, std::memory_order_relaxed);
  busy_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
  generation_.fetch_add(1, std::memory_order_release);
  generation_.notify_all();
  take_indices();
  for (int busy; (busy = busy_.load(std::memory_order_acquire)) != 0;) wait_while(busy_, busy);
  if (failed_.exchange(false)) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace rhoam::core
