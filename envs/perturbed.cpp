#include "rhoam/envs/perturbed.h"

#include <algorithm>
#include <cmath>

#include "rhoam/envs/params.h"

namespace rhoam::envs {
namespace {

constexpr std::size_t kRing = Perturbations::kMaxDelay + 1;  // including the current action

}  // namespace

bool is_perturbation(const std::string& name) { return find_param<Perturbations>(name) != nullptr; }

Perturbed::Perturbed(std::unique_ptr<VectorEnv> inner)
    : EnvWrapper(std::move(inner)),
      spec_(this->inner().spec()),
      action_size_(static_cast<std::size_t>(spec_.action.size())),
      places_(spec_.action.discrete() ? static_cast<std::size_t>(spec_.action.n) : action_size_),
      width_(static_cast<std::size_t>(spec_.observation_size())),
      rows_(static_cast<std::size_t>(this->inner().size())),
      chosen_(rows_.size() * kRing * action_size_),
      executed_(rows_.size() * action_size_) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::ranges::fill(spec_.observation, Bound{-kInfinity, kInfinity});
  start(0);
}

void Perturbed::start(std::uint64_t seed) {
  for (std::size_t i = 0; i < rows_.size(); ++i)
    rows_[i] = {.stream = core::Stream(seed, core::Purpose::perturbation, i)};
  std::ranges::fill(chosen_, 0.0F);
  std::ranges::fill(executed_, 0.0F);
  parked_ = 0;
}

void Perturbed::reset(std::uint64_t seed, StepBatch& batch) {
  inner().reset(seed, batch);
  start(seed);
  for (std::size_t i = 0; i < rows_.size(); ++i)
    perturb(std::span(batch.obs).subspan(i * width_, width_), rows_[i].stream);
}

void Perturbed::park(int row) {
  parked_ += !rows_[row].parked;
  rows_[row].parked = true;
  inner().park(row);
}

void Perturbed::step(std::span<const float> actions, StepBatch& batch) {
  batch.resize(size(), spec_.observation_size());
  const std::size_t shift = static_cast<std::size_t>(strength_.action_permutation) % places_;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (!rows_[i].parked) act(i, shift, actions.subspan(i * action_size_, action_size_));
  const bool apart = parked_ > 0;  // as it was before this step: rows that end now may be parked below
  StepBatch& answer = apart ? raw_ : batch;  // an inner filter rewrites parked rows too
  inner().step(executed_, answer);
  batch.regret.resize(answer.regret.size());
  const auto scale = static_cast<float>(std::exp(strength_.reward_scale / 2));
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].parked) continue;
    if (apart) copy_row(i, batch);
    batch.reward[i] *= scale;
    perturb_row(i, batch);
  }
}

std::span<float> Perturbed::chosen(std::size_t i, std::int64_t age) {
  const auto slot = static_cast<std::size_t>(age) % kRing;
  return std::span(chosen_).subspan((i * kRing + slot) * action_size_, action_size_);
}

void Perturbed::act(std::size_t i, std::size_t shift, std::span<const float> action) {
  Row& row = rows_[i];
  permute(action, shift, chosen(i, row.age));
  const auto delay = static_cast<std::int64_t>(strength_.action_delay);
  const auto executed = std::span(executed_).subspan(i * action_size_, action_size_);
  const bool sticks = strength_.sticky_actions > 0 && row.stream.uniform() < strength_.sticky_actions;
  if (sticks && row.age > 0) return;
  if (row.age >= delay)
    std::ranges::copy(chosen(i, row.age - delay), executed.begin());
  else
    std::ranges::fill(executed, 0.0F);
}

void Perturbed::permute(std::span<const float> action, std::size_t shift, std::span<float> out) const {
  const bool flipped = strength_.action_flip != 0;
  const auto shifted = [&](std::size_t place) {
    return place + shift < places_ ? place + shift : place + shift - places_;
  };
  if (spec_.action.discrete()) {
    const auto place = static_cast<std::size_t>(action[0]);
    out[0] = static_cast<float>(shifted(flipped ? places_ - 1 - place : place));
    return;
  }
  for (std::size_t d = 0; d < places_; ++d) out[shifted(d)] = flipped ? -action[d] : action[d];
}

void Perturbed::copy_row(std::size_t i, StepBatch& batch) const {
  const auto part = [&](auto& values) { return std::span(values).subspan(i * width_, width_); };
  std::ranges::copy(part(raw_.obs), part(batch.obs).begin());
  std::ranges::copy(part(raw_.final_obs), part(batch.final_obs).begin());
  batch.reward[i] = raw_.reward[i];
  batch.terminated[i] = raw_.terminated[i];
  batch.truncated[i] = raw_.truncated[i];
  batch.episode_return[i] = raw_.episode_return[i];
  batch.episode_length[i] = raw_.episode_length[i];
  if (!raw_.regret.empty()) batch.regret[i] = raw_.regret[i];
}

void Perturbed::perturb_row(std::size_t i, StepBatch& batch) {
  Row& row = rows_[i];
  ++row.age;
  if (batch.ended(static_cast<int>(i))) {
    row.age = 0;
    perturb(std::span(batch.final_obs).subspan(i * width_, width_), row.stream);
  }
  perturb(std::span(batch.obs).subspan(i * width_, width_), row.stream);
  if (holds_ends_ && batch.ended(static_cast<int>(i))) park(static_cast<int>(i));
}

void Perturbed::hold_ends() {
  holds_ends_ = true;
  inner().hold_ends();
}

void Perturbed::perturb(std::span<float> obs, core::Stream& stream) const {
  const auto gain = static_cast<float>(strength_.observation_gain);
  if (gain != 1)
    for (float& value : obs) value *= gain;
  if (strength_.observation_noise > 0)
    for (float& value : obs) value += static_cast<float>(strength_.observation_noise * stream.normal());
}

void Perturbed::set_param(const std::string& name, double value) {
  const auto* param = find_param<Perturbations>(name);
  if (param == nullptr) return inner().set_param(name, value);
  if (!allowed(*param, value)) refuse_param(spec_.id, params(), name, value);
  strength_.*param->member = value;
}

std::vector<VectorEnv::ParamInfo> Perturbed::params() const {
  auto all = inner().params();
  const auto own = param_infos(strength_);
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

void Perturbed::save(core::Tensors& out, const std::string& prefix) const {
  inner().save(out, prefix);
  save_params(strength_, out, prefix + "/perturbed");
  out.put(prefix + "/perturbed/rows", row_words().words());
}

Words Perturbed::row_words() const {
  Words words;
  for (const Row& row : rows_) {
    words.put(std::uint64_t{row.parked});
    words.put(row.age);
    words.put(row.stream.state());
  }
  for (const auto* actions : {&chosen_, &executed_})
    for (const float component : *actions) words.put(component);
  return words;
}

std::uint64_t Perturbed::state_hash() const {
  Words words = row_words();
  for (const double value : param_values(strength_)) words.put(value);
  words.put(inner().state_hash());
  return hash_of(words);
}

void Perturbed::load(const core::Tensors& in, const std::string& prefix) {
  inner().load(in, prefix);
  set_params(strength_, load_params<Perturbations>(in, prefix + "/perturbed"));
  const auto words = in.words(prefix + "/perturbed/rows");
  WordReader reader(words);
  for (std::size_t i = 0; i < rows_.size(); ++i) load_row(i, reader);
  parked_ = std::ranges::count(rows_, true, &Row::parked);
  for (auto* actions : {&chosen_, &executed_})
    for (float& component : *actions) component = reader.real32();
  demand(reader.empty());
  for (auto* actions : {&chosen_, &executed_})
    for (std::size_t at = 0; at < actions->size(); at += action_size_)
      demand(allowed(spec_.action, std::span(*actions).subspan(at, action_size_)));
}

void Perturbed::load_row(std::size_t i, WordReader& in) {
  Row& row = rows_[i];
  row.parked = in.word() != 0;
  row.age = in.integer();
  demand(row.age >= 0 && row.age < spec_.max_episode_steps);
  row.stream.set_state(in.stream());
}

void Perturbed::load_world(const core::Tensors& in, const std::string& prefix) {
  inner().load_world(in, prefix);
  set_params(strength_, load_params<Perturbations>(in, prefix + "/perturbed"));
}

void Perturbed::demand(bool condition) const {
  if (!condition) throw core::CorruptError("the saved state cannot be one of a perturbed " + spec_.id);
}

}  // namespace rhoam::envs
