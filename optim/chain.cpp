#include "rhoam/optim/chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/optim/kernel.h"

namespace rhoam::optim {
namespace {

/// Tasks per thread: few enough to stay long, more than one so that a delayed thread delays little.
constexpr std::size_t kTasksPerThread = 4;
/// Below this many blocks, waking a thread costs more than it saves.
constexpr std::size_t kParallelBlocks = 32;

/// Leaves u as it is, for light stages and for a chain without stages.
template <class Scalar>
class Identity final : public Transform<Scalar> {
 public:
  void apply(const Block<Scalar>& block) override {
    rewrite(block, [](std::size_t, Scalar u) { return u; });
  }
};

template <class Scalar>
std::vector<std::size_t> cut_at_reductions(const std::vector<Link<Scalar>>& links) {
  std::vector<std::size_t> cuts{0};
  for (std::size_t i = 0; i < links.size(); ++i)
    if (links[i].reducing()) cuts.push_back(i);
  cuts.push_back(links.size());
  return cuts;
}

}  // namespace

/// One pass of links first … last−1 over every block, in which `next`, if any, reduces their output.
template <class Scalar>
struct Chain<Scalar>::Pass {
  Scalar* theta;
  const Scalar* gradient;
  std::size_t first, last;
  Transform<Scalar>* next;
};

template <class Scalar>
Chain<Scalar>::Chain(const std::string& recipe, Stages<Scalar> stages, Hyper rate, std::size_t size)
    : identity_(fmt::format("{} [{}]", recipe, size)),
      stages_(std::move(stages)),
      identity_stage_(std::make_unique<Identity<Scalar>>()),
      rate_(std::move(rate)),
      size_(size) {
  std::erase(stages_, nullptr);
  links_ = make_links(stages_, *identity_stage_);
  cuts_ = cut_at_reductions(links_);
  whole_ = cuts_[cuts_.size() - 2] > 0;
  set_pool(nullptr);
  for (const auto& stage : stages_) stage->list_state(state_);
  state_.hypers.push_back(&rate_);
  std::erase_if(state_.hypers, [](Hyper* hyper) { return hyper->schedule().constant(); });
  for (const auto& vector : state_.vectors) identity_ += " " + vector.first;
}

template <class Scalar>
void Chain<Scalar>::set_pool(core::ThreadPool* pool) {
  pool_ = pool != nullptr && count_blocks<Scalar>(size_) >= kParallelBlocks ? pool : nullptr;
  const std::size_t tasks = pool_ ? kTasksPerThread * pool_->size() : 1;
  update_.resize(whole_ ? size_ : std::min(size_, kBlockScalars<Scalar>) * tasks);
}

template <class Scalar>
void Chain<Scalar>::step(std::span<Scalar> theta, std::span<const Scalar> gradient,
                         const core::Clocks& clocks) {
  if (theta.size() != size_ || gradient.size() != size_)
    throw std::invalid_argument(fmt::format("optimizer of {} parameters got {} parameters and {} gradients",
                                            size_, theta.size(), gradient.size()));
  moment_ = {.t = moment_.t + 1, .clocks = clocks};
  for (const auto& stage : stages_) stage->begin(moment_);
  rate_now_ = static_cast<Scalar>(rate_factor_ * rate_.at(clocks));
  for (std::size_t i = 0; i + 1 < cuts_.size(); ++i) {
    Transform<Scalar>* next = cuts_[i + 1] < links_.size() ? links_[cuts_[i + 1]].reducing() : nullptr;
    run({theta.data(), gradient.data(), cuts_[i], cuts_[i + 1], next});
    if (next) next->finish(moment_);
  }
}

template <class Scalar>
void Chain<Scalar>::run(const Pass& pass) {
  const std::size_t blocks = count_blocks<Scalar>(size_);
  if (!pool_) return run_blocks(pass, 0, blocks, update_.data());
  const std::size_t tasks = kTasksPerThread * pool_->size();
  pool_->run(static_cast<int>(tasks), [&](int task) {
    run_blocks(pass, blocks * task / tasks, blocks * (task + 1) / tasks,
               update_.data() + (whole_ ? 0 : task * kBlockScalars<Scalar>));
  });
}

template <class Scalar>
void Chain<Scalar>::run_blocks(const Pass& pass, std::size_t first, std::size_t last, Scalar* room) {
  const Scalar* input = pass.first == 0 ? pass.gradient : update_.data();
  for (std::size_t index = first; index < last; ++index) {
    const std::size_t begin = index * kBlockScalars<Scalar>;
    Block<Scalar> block{.begin = begin,
                        .size = std::min(kBlockScalars<Scalar>, size_ - begin),
                        .theta = pass.theta + begin,
                        .gradient = pass.gradient + begin,
                        .in = input + begin,
                        .out = room + (whole_ ? begin : 0),
                        .rate = rate_now_};
    for (std::size_t i = pass.first; i < pass.last; ++i) {
      Block<Scalar> of_link = block;
      if (i + 1 == links_.size()) of_link.descend = pass.theta + begin;
      links_[i].take_along(of_link);
      links_[i].stage->apply(of_link);
      block.in = block.out;
    }
    if (pass.next) pass.next->reduce(block);
  }
}

template <class Scalar>
void Chain<Scalar>::rescale_v(double factor) {
  for (const auto& stage : stages_) stage->rescale_v(factor);
}

template <class Scalar>
double Chain<Scalar>::memory() const {
  for (const auto& stage : stages_)
    if (const double memory = stage->memory(); !std::isnan(memory)) return memory;
  return std::numeric_limits<double>::quiet_NaN();
}

template <class Scalar>
bool Chain<Scalar>::inspect(std::span<Scalar> root_v, std::span<Scalar> effective_rate) const {
  const auto divides = [&](const auto& stage) { return stage->divisors(0, root_v, effective_rate); };
  auto stage = std::ranges::find_if(stages_, divides);
  if (stage == stages_.end()) return false;
  Scalar rate = rate_now_;
  while (++stage != stages_.end())  // where the rate comes before the momentum
    if (const auto light = (*stage)->light(); light.kind == LightKind::scale) rate *= light.amount;
  for (Scalar& divisor : effective_rate) divisor = rate / divisor;
  return true;
}

template <class Scalar>
void Chain<Scalar>::save(core::Tensors& out, const std::string& prefix) const {
  out.metadata[prefix + "recipe"] = identity_;
  out.put(prefix + "t", std::span(&moment_.t, 1));
  for (const auto& [name, values] : state_.vectors) out.put(prefix + name, std::span<const Scalar>(values));
  for (const auto& [name, value] : state_.numbers) out.put(prefix + name, std::span<const double>(value, 1));
  for (Hyper* hyper : state_.hypers) hyper->schedule().save(out, prefix + "schedule/" + hyper->name());
}

template <class Scalar>
void Chain<Scalar>::check_identity(const core::Tensors& in, const std::string& prefix) const {
  const auto found = in.metadata.find(prefix + "recipe");
  const std::string saved = found == in.metadata.end() ? "nothing" : found->second;
  if (saved == identity_) return;
  throw core::CorruptError(
      fmt::format("optimizer state '{}' holds {}, this optimizer is {}", prefix, saved, identity_));
}

template <class Scalar>
void Chain<Scalar>::load(const core::Tensors& in, const std::string& prefix) {
  check_identity(in, prefix);
  // Everything is read before anything is written, so that a bad file leaves the optimizer as it was.
  std::int64_t t = 0;
  in.get(prefix + "t", std::span(&t, 1));
  if (t < 0 || t >= std::int64_t{1} << 53)
    throw core::CorruptError(fmt::format("optimizer state '{}t' is out of range: {}", prefix, t));
  std::vector<std::vector<Scalar>> vectors;
  for (const auto& [name, values] : state_.vectors)
    in.get(prefix + name, std::span<Scalar>(vectors.emplace_back(values.size())));
  std::vector<double> numbers(state_.numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string name = prefix + state_.numbers[i].first;
    in.get(name, std::span(&numbers[i], 1));
    if (!std::isfinite(numbers[i])) throw core::CorruptError("optimizer state '" + name + "' is not finite");
  }
  std::vector<core::Schedule> schedules;
  for (Hyper* hyper : state_.hypers)
    schedules.emplace_back(hyper->schedule()).load(in, prefix + "schedule/" + hyper->name());

  moment_.t = t;
  for (std::size_t i = 0; i < vectors.size(); ++i)
    std::ranges::copy(vectors[i], state_.vectors[i].second.begin());
  for (std::size_t i = 0; i < numbers.size(); ++i) *state_.numbers[i].second = numbers[i];
  for (std::size_t i = 0; i < schedules.size(); ++i) state_.hypers[i]->schedule() = std::move(schedules[i]);
}

template class Chain<float>;
template class Chain<double>;

}  // namespace rhoam::optim
