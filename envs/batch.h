#pragma once
#include <algorithm>
#include <cassert>
#include <type_traits>
#include <utility>
#include <variant>

#include "rhoam/core/errors.h"
#include "rhoam/envs/params.h"
#include "rhoam/envs/recording.h"

namespace rhoam::envs {

/// N copies of one environment lifted to a VectorEnv: random streams, truncation, autoreset and checkpoints,
/// written once. An environment that `replays` is restored by replaying its running episode, which is exact;
/// `load` throws CorruptError where the replay ends differently. Until the first reset the rows are at the
/// start of seed 0.
template <Env E>
class Batch final : public VectorEnv {
 public:
  /// Every row is an E built from `arguments`. Throws UsageError when `rows` is not positive.
  template <class... Arguments>
  Batch(int rows, core::ThreadPool* pool, const Arguments&... arguments) : pool_(pool) {
    if (rows <= 0)
      throw core::UsageError("the number of environments must be positive, not " + std::to_string(rows));
    rows_.reserve(static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) rows_.emplace_back(arguments...);
    spec_ = rows_.front().env.spec();
    for_each_row([this](int i) { start(i, 0); });
  }

  const EnvSpec& spec() const override { return spec_; }
  int size() const override { return static_cast<int>(rows_.size()); }

  void reset(std::uint64_t seed, StepBatch& batch) override {
    batch.resize(size(), spec_.observation_size());
    for_each_row([&](int i) {
      start(i, seed);
      rows_[i].env.observe(observation(batch.obs, i));
    });
  }

  void step(std::span<const float> actions, StepBatch& batch) override {
    batch.resize(size(), spec_.observation_size());
    batch.regret.resize(offers_regret<E>() ? rows_.size() : 0);
    for_each_row([&](int i) {
      if (!rows_[i].parked) step_row(i, actions, batch);
    });
  }

  void park(int row) override { rows_[row].parked = true; }
  void hold_ends() override { holds_ends_ = true; }

  void set_param(const std::string& name, double value) override {
    const auto* param = find_param<E>(name);
    if (param == nullptr || !allowed(*param, value)) refuse_param(spec_.id, params(), name, value);
    for (Row& row : rows_) {
      row.env.*param->member = value;
      if constexpr (replays<E>())
        row.recording.change({.step = row.length, .param = param - E::params().data(), .value = value});
    }
  }

  std::vector<ParamInfo> params() const override { return param_infos(rows_.front().env); }

  void save(core::Tensors& out, const std::string& prefix) const override {
    Words words;
    for (const Row& row : rows_) save_row(row, words);
    out.metadata[prefix + "/env"] = spec_.id;
    save_params(rows_.front().env, out, prefix);
    out.put(prefix + "/rows", words.words());
  }

  void load(const core::Tensors& in, const std::string& prefix) override {
    demand_state_of(spec_.id, in, prefix);
    const auto values = load_params<E>(in, prefix);
    const auto words = in.words(prefix + "/rows");
    WordReader reader(words);
    for (Row& row : rows_) load_row(row, reader, values);
    if (!reader.empty()) throw core::CorruptError("the saved state is of another number of environments");
  }

  void load_world(const core::Tensors& in, const std::string& prefix) override {
    demand_state_of(spec_.id, in, prefix);
    const auto values = load_params<E>(in, prefix);
    for (Row& row : rows_) set_params(row.env, values);
  }

  std::uint64_t state_hash() const override {
    Words words;
    for (const double value : param_values(rows_.front().env)) words.put(value);
    for (const Row& row : rows_) save_row(row, words);
    return hash_of(words);
  }

  void draw(int row, DrawList& out) const override {
    if constexpr (draws_itself<E>()) rows_[row].env.draw(out);
  }

  /// The environment of one row, for tests that set its state.
  E& env(int row) { return rows_[row].env; }

 private:
  struct Row {
    template <class... Arguments>
    explicit Row(const Arguments&... arguments) : env(arguments...) {
      if constexpr (replays<E>()) {
        const EnvSpec spec = env.spec();
        recording.reserve(static_cast<std::size_t>(std::min(spec.max_episode_steps, kReservedSteps)) *
                          spec.action.size());
      }
    }
    E env;
    core::StreamDraws draws;
    double episode_return = 0;
    std::int64_t length = 0;
    bool parked = false;
    [[no_unique_address]] std::conditional_t<replays<E>(), Recording, std::monostate> recording;
  };

  static constexpr int kReservedSteps = 10'000;  ///< of a recording, at most

  template <class Task>
  void for_each_row(Task&& task) {
    if constexpr (heavy<E>()) {
      if (pool_) return pool_->run(size(), task);
    }
    for (int i = 0; i < size(); ++i) task(i);
  }

  std::span<float> observation(std::vector<float>& all, int i) const {
    const auto width = static_cast<std::size_t>(spec_.observation_size());
    return {all.data() + static_cast<std::size_t>(i) * width, width};
  }

  void start(int i, std::uint64_t seed) {
    Row& row = rows_[i];
    row.parked = false;
    row.draws =
        core::StreamDraws(core::Stream(seed, core::Purpose::environment, static_cast<std::uint64_t>(i)));
    start_episode(row);
  }

  void start_episode(Row& row) {
    row.length = 0;
    row.episode_return = 0;
    if constexpr (replays<E>()) row.recording.start(row.draws.stream().state(), param_values(row.env));
    row.env.reset(row.draws);
  }

  Step advance(Row& row, std::span<const float> action) {
    const Step step = row.env.step(action, row.draws);
    ++row.length;
    row.episode_return += step.reward;
    return step;
  }

  void step_row(int i, std::span<const float> actions, StepBatch& batch) {
    Row& row = rows_[i];
    const auto width = static_cast<std::size_t>(spec_.action.size());
    const auto action = actions.subspan(static_cast<std::size_t>(i) * width, width);
    assert(allowed(spec_.action, action));
    if constexpr (replays<E>()) row.recording.act(action);
    if constexpr (offers_regret<E>()) batch.regret[i] = row.env.regret(action);
    const Step step = advance(row, action);
    const bool truncated = !step.terminated && row.length >= spec_.max_episode_steps;
    batch.reward[i] = static_cast<float>(step.reward);
    batch.terminated[i] = step.terminated;
    batch.truncated[i] = truncated;
    if (step.terminated || truncated) {
      row.env.observe(observation(batch.final_obs, i));
      batch.episode_return[i] = row.episode_return;
      batch.episode_length[i] = row.length;
      if (holds_ends_)
        row.parked = true;
      else
        start_episode(row);
    }
    row.env.observe(observation(batch.obs, i));
  }

  void save_row(const Row& row, Words& out) const {
    out.put(std::uint64_t{row.parked});
    out.put(row.length);
    out.put(row.draws.stream().state());
    if constexpr (replays<E>()) {
      row.recording.save(out);
      out.put(fingerprint_of(row.env));
    } else {
      out.put(row.episode_return);
      row.env.save(out);
    }
  }

  static std::uint64_t fingerprint_of(const E& env) {
    Words words;
    env.fingerprint(words);
    return hash_of(words);
  }

  void load_row(Row& row, WordReader& in, std::span<const double> values) {
    row.parked = in.word() != 0;
    const std::int64_t length = in.integer();
    demand(length >= 0 && length < spec_.max_episode_steps + row.parked);  // a held end counts its last step
    const core::Stream::State stream = in.stream();
    if constexpr (replays<E>()) {
      row.recording.load(in, values.size(), static_cast<std::size_t>(length) * spec_.action.size());
      replay(row, length);
      demand(row.draws.stream().state() == stream && std::ranges::equal(param_values(row.env), values));
      demand_same(in.word() == fingerprint_of(row.env));
    } else {
      set_params(row.env, values);
      row.draws.stream().set_state(stream);
      row.length = length;
      row.episode_return = in.real();
      row.env.load(in);
    }
  }

  void replay(Row& row, std::int64_t length) {
    const Recording& recording = row.recording;
    for (std::size_t i = 0; i < recording.params().size(); ++i)
      set_param_of(row.env, i, recording.params()[i]);
    row.draws.stream().set_state(recording.stream());
    row.env.reset(row.draws);
    row.length = 0;
    row.episode_return = 0;
    const auto width = static_cast<std::size_t>(spec_.action.size());
    auto change = recording.changes().begin();
    const auto apply_changes = [&] {
      for (; change != recording.changes().end() && change->step == row.length; ++change)
        set_param_of(row.env, static_cast<std::size_t>(change->param), change->value);
    };
    while (row.length < length) {
      apply_changes();
      const auto action = recording.actions().subspan(static_cast<std::size_t>(row.length) * width, width);
      demand(allowed(spec_.action, action));
      const bool held = row.parked && row.length + 1 == length;
      demand(!advance(row, action).terminated || held);
    }
    apply_changes();
    demand(change == recording.changes().end());
  }

  void set_param_of(E& env, std::size_t index, double value) const {
    demand(index < E::params().size() && allowed(E::params()[index], value));
    env.*E::params()[index].member = value;
  }

  void demand(bool condition) const {
    if (!condition) throw core::CorruptError("the saved state cannot be one of " + spec_.id);
  }

  /// Checks how a replayed episode ended.
  void demand_same(bool condition) const {
    if (!condition)
      throw core::CorruptError("the saved episode of " + spec_.id +
                               " comes out differently here: it is damaged, or was saved by another version "
                               "or build of rhoam, or on another model of CPU");
  }

  core::ThreadPool* pool_;
  std::vector<Row> rows_;
  EnvSpec spec_;
  bool holds_ends_ = false;
};

}  // namespace rhoam::envs
