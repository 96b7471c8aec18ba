#include "rhoam/optim/torch_group.h"

#include <ATen/Functions.h>
#include <fmt/format.h>
#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <span>
#include <stdexcept>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/optim/hyper.h"

namespace rhoam::optim {
namespace {

using Parameters = std::vector<at::Tensor>;
using Indices = std::vector<std::size_t>;

bool steppable(const at::Tensor& parameter) {
  return parameter.scalar_type() == torch::kFloat32 || parameter.scalar_type() == torch::kFloat64;
}

std::vector<bool> with_gradient(const Parameters& parameters) {
  std::vector<bool> present;
  for (const at::Tensor& each : parameters) present.push_back(each.grad().defined() && each.numel() > 0);
  return present;
}

/// LibTorch sets the learning rate, unless the config has a schedule.
OptimizerConfig for_group(OptimizerConfig config) {
  if (config.lr.constant()) config.lr = 1.0;
  config.clip_norm = 0.0;
  return config;
}

/// Every tensor is a layer. Each part has its own noise.
OptimizerConfig for_part(OptimizerConfig config, const Parameters& parameters, const Indices& indices) {
  config.layers.clear();
  std::size_t begin = 0;
  for (const std::size_t i : indices) {
    config.layers.push_back(begin);
    begin += static_cast<std::size_t>(parameters[i].numel());
  }
  config.training.index += indices.front();
  return config;
}

template <class Scalar>
class FlatPart final : public TorchPart {
 public:
  FlatPart(const OptimizerConfig& config, std::vector<std::size_t> indices, std::int64_t size)
      : indices_(std::move(indices)),
        theta_(torch::empty({size}, kType)),
        gradient_(torch::empty({size}, kType)),
        optimizer_(make_optimizer<Scalar>(config, static_cast<std::size_t>(size))) {}

  double gather(const Parameters& parameters) override {
    each(parameters, theta_, [](const at::Tensor& parameter, at::Tensor place) { place.copy_(parameter); });
    each(parameters, gradient_,
         [](const at::Tensor& parameter, at::Tensor place) { place.copy_(parameter.grad()); });
    double squares = 0;
    for (const Scalar g : span(gradient_)) squares += static_cast<double>(g) * static_cast<double>(g);
    return squares;
  }
  void step(Parameters& parameters, double scale, double lr, const core::Clocks& clocks) override {
    if (scale != 1)
      for (Scalar& g : span(gradient_)) g *= static_cast<Scalar>(scale);
    optimizer_->set_rate_factor(lr);
    optimizer_->step(span(theta_), span(gradient_), clocks);
    each(parameters, theta_, [](at::Tensor parameter, const at::Tensor& place) { parameter.copy_(place); });
  }
  void save(core::Tensors& out, const std::string& prefix) const override { optimizer_->save(out, prefix); }
  void load(const core::Tensors& in, const std::string& prefix) override { optimizer_->load(in, prefix); }

 private:
  static constexpr auto kType = std::is_same_v<Scalar, float> ? torch::kFloat32 : torch::kFloat64;

  static std::span<Scalar> span(at::Tensor& flat) {
    return {flat.data_ptr<Scalar>(), static_cast<std::size_t>(flat.numel())};
  }

  /// Visits every member with its slice of the flat vector.
  template <class Visit>
  void each(const Parameters& parameters, const at::Tensor& flat, Visit visit) const {
    std::int64_t at = 0;
    for (const std::size_t i : indices_) {
      const at::Tensor& parameter = parameters[i];
      visit(parameter, flat.narrow(0, at, parameter.numel()).view(parameter.sizes()));
      at += parameter.numel();
    }
  }

  std::vector<std::size_t> indices_;
  at::Tensor theta_, gradient_;
  std::unique_ptr<Optimizer<Scalar>> optimizer_;
};

/// The slices of a tensor, cut into `sizes`, that belong to the kept members.
core::Tensor cut(const core::Tensor& whole, const std::vector<std::int64_t>& sizes,
                 const std::vector<bool>& kept) {
  const auto count = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
  const std::size_t element = whole.bytes.size() / static_cast<std::size_t>(count);
  core::Tensor part{whole.type, {}, {}};
  auto at = whole.bytes.begin();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto end = at + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(sizes[i]) * element);
    if (kept[i]) part.bytes.insert(part.bytes.end(), at, end);
    at = end;
  }
  part.shape = {static_cast<std::int64_t>(part.bytes.size() / element)};
  return part;
}

/// Reduces the state of all members to that of the kept ones: arrays with an element for each parameter or
/// each tensor are cut, the rest stays.
void cut_state(core::Tensors& state, const std::vector<std::int64_t>& sizes, const std::vector<bool>& kept) {
  const auto total = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
  const std::vector<std::int64_t> ones(sizes.size(), 1);
  for (auto& [name, tensor] : state.all()) {
    if (name.starts_with("schedule/")) continue;
    const std::int64_t count = tensor.shape.at(0);
    if (count == total)
      tensor = cut(tensor, sizes, kept);
    else if (count == static_cast<std::int64_t>(sizes.size()))
      tensor = cut(tensor, ones, kept);
  }
}

}  // namespace

TorchGroup::TorchGroup(OptimizerConfig config, const Parameters& parameters, std::size_t index)
    : config_(for_group(config)),
      clip_norm_(Hyper("clip-norm", config.clip_norm, kNonNegative).schedule()),
      index_(index) {
  for (const at::Tensor& parameter : parameters) {
    if (!parameter.is_floating_point() || !parameter.device().is_cpu())
      throw std::invalid_argument(fmt::format(
          "a parameter group needs floating-point tensors on the CPU: {} is none", name_of(sizes_.size())));
    sizes_.push_back(parameter.numel());
  }
}

std::string TorchGroup::name_of(std::size_t parameter) const {
  return fmt::format("parameter {} of group {}", parameter, index_);
}

void TorchGroup::check(const Parameters& parameters) const {
  const auto size = [](const at::Tensor& parameter) { return parameter.numel(); };
  if (!std::ranges::equal(parameters, sizes_, {}, size))
    throw std::invalid_argument("a parameter group has changed its size since its first step");
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const at::Tensor& gradient = parameters[i].grad();
    if (!gradient.defined()) continue;
    if (gradient.layout() != at::kStrided)
      throw std::invalid_argument(fmt::format(
          "{} has a sparse gradient, and only dense ones can be stepped: leave sparse(true) out of its "
          "embedding",
          name_of(i)));
    if (!steppable(parameters[i]))
      throw std::invalid_argument(
          fmt::format("{} is of type {}: convert it to float32 or float64, or freeze it", name_of(i),
                      c10::toString(parameters[i].scalar_type())));
  }
}

TorchGroup::Member TorchGroup::make_member(const Parameters& parameters, Indices indices) const {
  std::int64_t size = 0;
  for (const std::size_t i : indices) size += sizes_[i];
  const OptimizerConfig config = for_part(config_, parameters, indices);
  if (parameters[indices.front()].scalar_type() == torch::kFloat32)
    return {indices, std::make_unique<FlatPart<float>>(config, indices, size)};
  return {indices, std::make_unique<FlatPart<double>>(config, indices, size)};
}

TorchGroup::Member TorchGroup::part_of(const Member& whole, const Parameters& parameters,
                                       const std::vector<bool>& wanted) const {
  Indices indices;
  std::vector<std::int64_t> sizes;
  std::vector<bool> kept;
  for (const std::size_t i : whole.parameters) {
    sizes.push_back(sizes_[i]);
    kept.push_back(wanted[i]);
    if (wanted[i]) indices.push_back(i);
  }
  Member part = make_member(parameters, std::move(indices));
  core::Tensors state, fresh;
  whole.part->save(state, "");
  cut_state(state, sizes, kept);
  part.part->save(fresh, "");
  state.metadata = fresh.metadata;
  part.part->load(state, "");
  return part;
}

void TorchGroup::split(const Parameters& parameters, const std::vector<bool>& present) {
  std::vector<bool> absent = present;
  absent.flip();
  std::vector<Member> members;
  for (Member& member : members_) {
    const auto some = [&](const std::vector<bool>& which) {
      return std::ranges::any_of(member.parameters, [&](std::size_t i) { return which[i]; });
    };
    if (some(present) && some(absent)) {
      members.push_back(part_of(member, parameters, present));
      members.push_back(part_of(member, parameters, absent));
    } else {
      members.push_back(std::move(member));
    }
  }
  members_ = std::move(members);
}

std::vector<std::int64_t> TorchGroup::part_of_each() const {
  std::vector<std::int64_t> part(sizes_.size(), -1);
  for (std::size_t k = 0; k < members_.size(); ++k)
    for (const std::size_t i : members_[k].parameters) part[i] = static_cast<std::int64_t>(k);
  return part;
}

void TorchGroup::begin(const Parameters& parameters, const std::vector<bool>& present) {
  const auto part = part_of_each();
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    Indices fresh;
    for (std::size_t i = 0; i < part.size(); ++i)
      if (present[i] && part[i] < 0 && parameters[i].scalar_type() == type) fresh.push_back(i);
    if (!fresh.empty()) members_.push_back(make_member(parameters, std::move(fresh)));
  }
}

double TorchGroup::clipping(double norm, const core::Clocks& clocks) {
  if (!differs(clip_norm_, 0)) return 1;
  const double limit = clip_norm_.at(clocks);
  return norm <= limit ? 1 : limit / norm;
}

void TorchGroup::step(Parameters& parameters, double lr, const core::Clocks& clocks) {
  const auto present = with_gradient(parameters);
  split(parameters, present);
  begin(parameters, present);
  std::vector<TorchPart*> stepped;
  double squares = 0;
  for (const Member& member : members_) {
    if (!present[member.parameters.front()]) continue;
    stepped.push_back(member.part.get());
    squares += member.part->gather(parameters);
  }
  const double scale = clipping(std::sqrt(squares), clocks);
  for (TorchPart* part : stepped) part->step(parameters, scale, lr, clocks);
}

void TorchGroup::save(core::Tensors& out, const std::string& prefix) const {
  if (!clip_norm_.constant()) clip_norm_.save(out, prefix + "schedule/clip-norm");
  const auto part = part_of_each();
  const bool whole = members_.size() == 1 && std::ranges::count(part, -1) == std::ranges::count(sizes_, 0);
  if (whole) return members_[0].part->save(out, prefix);
  out.put(prefix + "parts", std::span<const std::int64_t>(part));
  for (std::size_t k = 0; k < members_.size(); ++k)
    members_[k].part->save(out, fmt::format("{}part{}/", prefix, k));
}

void TorchGroup::load(const core::Tensors& in, const std::string& prefix, const Parameters& parameters) {
  std::vector<std::int64_t> part(sizes_.size());
  const bool whole = !in.contains(prefix + "parts");
  if (!whole) in.get(prefix + "parts", std::span<std::int64_t>(part));
  const std::int64_t last = part.empty() ? -1 : std::ranges::max(part);
  if (last >= std::ssize(part)) throw core::CorruptError(prefix + "parts are out of range");
  for (std::int64_t k = 0; k <= last; ++k) {
    Indices indices;
    for (std::size_t i = 0; i < part.size(); ++i)
      if (part[i] == k && sizes_[i] > 0) indices.push_back(i);
    const auto fits = [&](std::size_t i) {
      return steppable(parameters[i]) &&
             parameters[i].scalar_type() == parameters[indices.front()].scalar_type();
    };
    if (indices.empty() || !std::ranges::all_of(indices, fits))
      throw core::CorruptError(prefix + "parts do not fit the parameters");
    members_.push_back(make_member(parameters, std::move(indices)));
    members_.back().part->load(in, whole ? prefix : fmt::format("{}part{}/", prefix, k));
  }
  if (!clip_norm_.constant()) clip_norm_.load(in, prefix + "schedule/clip-norm");
}

}  // namespace rhoam::optim
