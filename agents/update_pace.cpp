#include "rhoam/agents/update_pace.h"

#include <algorithm>
#include <span>
#include <vector>

#include "rhoam/core/errors.h"

namespace rhoam::agents {
namespace {

double per_update(std::int64_t from, std::int64_t to, std::int64_t updates) {
  return updates > 0 && to > from ? static_cast<double>(to - from) / static_cast<double>(updates) : 0;
}

}  // namespace

void UpdatePace::count(const core::Clocks& clocks, std::int64_t updates) {
  if (clocks.steps == now_.steps) return;
  if (marked_ == kMarks) std::rotate(marks_.begin(), marks_.begin() + 1, marks_.end()), --marked_;
  marks_[marked_++] = {now_.steps, now_.episodes, updates};
  now_ = {clocks.steps, clocks.episodes, updates};
}

void UpdatePace::put_before(core::Clocks& clocks) const {
  if (marked_ < 2) return;
  const Mark &first = marks_[0], &last = marks_[marked_ - 1];
  clocks.steps_per_update = per_update(first.steps, last.steps, last.updates - first.updates);
  clocks.episodes_per_update = per_update(first.episodes, last.episodes, last.updates - first.updates);
}

void UpdatePace::put_now(core::Clocks& clocks, std::int64_t updates) const {
  if (marked_ < 1) return;
  const Mark& first = marks_[marked_ == kMarks ? 1 : 0];
  clocks.steps_per_update = per_update(first.steps, now_.steps, updates - first.updates);
  clocks.episodes_per_update = per_update(first.episodes, now_.episodes, updates - first.updates);
}

void UpdatePace::save(core::Tensors& out, const std::string& name) const {
  std::vector<std::int64_t> counts{static_cast<std::int64_t>(marked_), now_.steps, now_.episodes,
                                   now_.updates};
  for (const Mark& mark : marks_) counts.insert(counts.end(), {mark.steps, mark.episodes, mark.updates});
  out.put(name, std::span<const std::int64_t>(counts));
}

void UpdatePace::load(const core::Tensors& in, const std::string& name) {
  std::vector<std::int64_t> counts(4 + 3 * kMarks);
  in.get(name, std::span<std::int64_t>(counts));
  for (const auto count : counts)
    if (count < 0 || count > std::int64_t{1} << 53) throw core::CorruptError(name + " is out of range");
  if (counts[0] > static_cast<std::int64_t>(kMarks)) throw core::CorruptError(name + " has too many marks");
  marked_ = static_cast<std::size_t>(counts[0]);
  now_ = {counts[1], counts[2], counts[3]};
  for (std::size_t i = 0; i < kMarks; ++i)
    marks_[i] = {counts[4 + 3 * i], counts[5 + 3 * i], counts[6 + 3 * i]};
}

}  // namespace rhoam::agents
