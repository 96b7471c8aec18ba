#include "rhoam/optim/torch_optimizer.h"

#include <gtest/gtest.h>
#include <torch/optim/adagrad.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/rmsprop.h>
#include <torch/optim/schedulers/step_lr.h>
#include <torch/optim/sgd.h>
#include <torch/serialize.h>
#include <torch/types.h>

#include <cmath>
#include <sstream>

#include "rhoam/core/errors.h"

namespace rhoam::optim {
namespace {

using torch::optim::OptimizerParamGroup;

/// Two parameters whose gradients are of very different size.
struct Model {
  std::vector<at::Tensor> parameters;
  explicit Model(at::ScalarType type = torch::kFloat64) {
    parameters = {torch::linspace(-1, 1, 6, type).view({2, 3}).requires_grad_(),
                  torch::full({4}, 2.0, type).requires_grad_()};
  }
  void step(torch::optim::Optimizer& optimizer, int steps = 1) {
    for (int i = 0; i < steps; ++i) {
      optimizer.zero_grad();
      (parameters[0].pow(4).sum() * 100 + (parameters[1] - 1).pow(2).sum() * 1e-3).backward();
      optimizer.step();
    }
  }
};

bool equal(const Model& a, const Model& b) {
  return a.parameters[0].equal(b.parameters[0]) && a.parameters[1].equal(b.parameters[1]);
}

template <class Peer, class PeerOptions>
void expect_same_path(const OptimizerConfig& config, const PeerOptions& options) {
  Model ours, theirs;
  TorchOptimizer optimizer(ours.parameters, config);
  Peer peer(theirs.parameters, options);
  ours.step(optimizer, 50);
  theirs.step(peer, 50);
  for (int i = 0; i < 2; ++i)
    EXPECT_TRUE(ours.parameters[i].allclose(theirs.parameters[i], 1e-12, 1e-12)) << i;
}

TEST(TorchOptimizer, FollowsThePathsOfLibTorch) {
  using namespace torch::optim;
  expect_same_path<RMSprop>({.dialect = "torch", .lr = 0.01, .momentum = 0.9, .weight_decay = 0.1},
                            RMSpropOptions(0.01).momentum(0.9).weight_decay(0.1));
  expect_same_path<RMSprop>({.dialect = "torch", .lr = 0.01, .rho = 0.9, .eps = 1e-3, .centered = true},
                            RMSpropOptions(0.01).alpha(0.9).eps(1e-3).centered(true));
  expect_same_path<Adam>({.recipe = "adam", .lr = 0.01, .amsgrad = true}, AdamOptions(0.01).amsgrad(true));
  expect_same_path<AdamW>({.recipe = "adamw", .lr = 0.01}, AdamWOptions(0.01));
  expect_same_path<Adagrad>({.recipe = "adagrad", .lr = 0.01, .lr_decay = 0.1},
                            AdagradOptions(0.01).lr_decay(0.1));
  expect_same_path<SGD>({.recipe = "sgd", .lr = 1e-4, .momentum = 0.9, .nesterov = true},
                        SGDOptions(1e-4).momentum(0.9).nesterov(true));
}

TEST(TorchOptimizer, EveryTensorIsALayerOfAPooledV) {
  Model model;
  const Model before;
  TorchOptimizer optimizer(model.parameters, {.lr = 0.1, .eps = 0.0, .pooling = Pooling::layer});
  model.step(optimizer);
  for (int i = 0; i < 2; ++i) {
    const auto moved = model.parameters[i] - before.parameters[i];
    EXPECT_NEAR(moved.pow(2).mean().sqrt().item<double>(), 0.1, 1e-9);  // its own root mean square
  }
}

TEST(TorchOptimizer, EachGroupHasItsOwnOptions) {
  Model model;
  std::vector<OptimizerParamGroup> groups{OptimizerParamGroup({model.parameters[0]}),
                                          OptimizerParamGroup({model.parameters[1]})};
  groups[1].set_options(std::make_unique<TorchOptimizerOptions>(OptimizerConfig{.recipe = "sgd", .lr = 0.0}));
  TorchOptimizer optimizer(groups, {.lr = 0.1});
  Model start;
  model.step(optimizer, 3);
  EXPECT_FALSE(model.parameters[0].equal(start.parameters[0]));
  EXPECT_TRUE(model.parameters[1].equal(start.parameters[1]));
}

TEST(TorchOptimizer, LearningRateSchedulersOfLibTorchAreObeyed) {
  using torch::optim::StepLR;
  Model ours, theirs;
  TorchOptimizer optimizer(ours.parameters, {.dialect = "torch", .lr = 0.01});
  torch::optim::RMSprop peer(theirs.parameters, torch::optim::RMSpropOptions(0.01));
  StepLR our_rate(optimizer, 2, 0.1), their_rate(peer, 2, 0.1);
  for (int i = 0; i < 6; ++i) {
    ours.step(optimizer);
    theirs.step(peer);
    our_rate.step();
    their_rate.step();
  }
  for (int i = 0; i < 2; ++i)
    EXPECT_TRUE(ours.parameters[i].allclose(theirs.parameters[i], 1e-12, 1e-12)) << i;
}

TEST(TorchOptimizer, AScheduleOfOursIsReadAtTheUpdates) {
  Model ours, still;
  TorchOptimizer optimizer(ours.parameters, {.lr = core::parse_schedule("steps:at=1updates,values=0/0.1")});
  ours.step(optimizer);
  EXPECT_TRUE(equal(ours, still));
  ours.step(optimizer);
  EXPECT_FALSE(equal(ours, still));
}

TEST(TorchOptimizer, AnArchiveContinuesBitExactlyWithItsLearningRate) {
  const OptimizerConfig config{.momentum = 0.9};
  Model model(torch::kFloat32), copy(torch::kFloat32);
  TorchOptimizer original(model.parameters, config), resumed(copy.parameters, config);
  original.param_groups()[0].options().set_lr(0.02);
  model.step(original, 5);
  std::stringstream file;
  torch::save(original, file);
  torch::load(resumed, file);
  EXPECT_EQ(resumed.param_groups()[0].options().get_lr(), 0.02);
  {
    torch::NoGradGuard no_grad;
    for (int i = 0; i < 2; ++i) copy.parameters[i].copy_(model.parameters[i]);
  }
  model.step(original, 5);
  copy.step(resumed, 5);
  EXPECT_TRUE(equal(model, copy));
}

TEST(TorchOptimizer, StateOfAnotherShapeIsRefusedAndChangesNothing) {
  Model model, same;
  TorchOptimizer optimizer(model.parameters), untouched(same.parameters);
  model.step(optimizer, 3);
  same.step(untouched, 3);
  core::Tensors other;
  TorchOptimizer(std::vector<at::Tensor>{torch::ones({3}, torch::kFloat64)}, OptimizerConfig{})
      .save(other, "");
  EXPECT_THROW(optimizer.load(other, ""), core::CorruptError);
  model.step(optimizer, 3);
  same.step(untouched, 3);
  EXPECT_TRUE(equal(model, same));
}

TEST(TorchOptimizer, CenteredSurvivesConstantGradients) {
  // LibTorch's own goes NaN where v − ḡ² rounds below zero.
  at::Tensor parameter = torch::zeros({1}).requires_grad_();
  TorchOptimizer optimizer({parameter}, {.dialect = "torch", .rho = 0.5, .centered = true});
  for (int i = 0; i < 2000; ++i) {
    parameter.mutable_grad() = torch::full({1}, 0.1f);
    optimizer.step();
  }
  EXPECT_FALSE(std::isnan(parameter.item<float>()));
}

/// Parameters whose gradients are there in some steps only: in each, in every third, in none, and from the
/// eighth on.
struct Sometimes {
  std::vector<at::Tensor> parameters;
  explicit Sometimes(at::ScalarType type = torch::kFloat64) {
    for (int i = 0; i < 4; ++i) parameters.push_back(torch::full({i + 1}, i + 1.0, type).requires_grad_());
  }
  void step(torch::optim::Optimizer& optimizer, int first, int last) {
    for (int t = first; t < last; ++t) {
      const bool present[] = {true, t % 3 == 1, false, t >= 8};
      for (int i = 0; i < 4; ++i)
        parameters[i].mutable_grad() =
            present[i] ? torch::cos(parameters[i].detach() * (t + 1)) * (i + 0.5) : at::Tensor();
      optimizer.step();
    }
  }
};

void expect_close(const Sometimes& ours, const Sometimes& theirs) {
  for (int i = 0; i < 4; ++i)
    EXPECT_TRUE(ours.parameters[i].allclose(theirs.parameters[i], 1e-12, 1e-12)) << i;
}

template <class Peer, class PeerOptions>
void expect_same_skips(const OptimizerConfig& config, const PeerOptions& options) {
  Sometimes ours, theirs;
  TorchOptimizer optimizer(ours.parameters, config);
  Peer peer(theirs.parameters, options);
  ours.step(optimizer, 0, 40);
  theirs.step(peer, 0, 40);
  expect_close(ours, theirs);
}

TEST(TorchOptimizer, SkipsParametersWithoutAGradientAsLibTorchDoes) {
  using namespace torch::optim;
  expect_same_skips<RMSprop>({.dialect = "torch", .lr = 0.01, .momentum = 0.9, .weight_decay = 0.1},
                             RMSpropOptions(0.01).momentum(0.9).weight_decay(0.1));
  expect_same_skips<RMSprop>({.dialect = "torch", .lr = 0.01, .rho = 0.9, .eps = 1e-3, .centered = true},
                             RMSpropOptions(0.01).alpha(0.9).eps(1e-3).centered(true));
  expect_same_skips<Adam>({.recipe = "adam", .lr = 0.01, .amsgrad = true, .weight_decay = 0.1},
                          AdamOptions(0.01).amsgrad(true).weight_decay(0.1));
  expect_same_skips<AdamW>({.recipe = "adamw", .lr = 0.01}, AdamWOptions(0.01));
  expect_same_skips<Adagrad>({.recipe = "adagrad", .lr = 0.01, .lr_decay = 0.1},
                             AdagradOptions(0.01).lr_decay(0.1));
  expect_same_skips<SGD>(
      {.recipe = "sgd", .lr = 0.01, .momentum = 0.9, .nesterov = true, .weight_decay = 0.1},
      SGDOptions(0.01).momentum(0.9).weight_decay(0.1).nesterov(true));
}

TEST(TorchOptimizer, ClipsByTheNormOfTheGradientsThatAreThere) {
  Sometimes ours, theirs;
  TorchOptimizer optimizer(ours.parameters, {.recipe = "sgd", .lr = 0.1, .clip_norm = 0.5});
  torch::optim::SGD peer(theirs.parameters, torch::optim::SGDOptions(0.1));
  for (int t = 0; t < 20; ++t) {
    ours.step(optimizer, t, t + 1);
    // What LibTorch's own clipping leaves of the same gradients.
    const std::vector<at::Tensor> before = [&] {
      std::vector<at::Tensor> all;
      for (const auto& each : theirs.parameters) all.push_back(each.detach().clone());
      return all;
    }();
    theirs.step(peer, t, t + 1);
    double squares = 0;
    for (int i = 0; i < 4; ++i) squares += (theirs.parameters[i] - before[i]).pow(2).sum().item<double>();
    const double norm = std::sqrt(squares) / 0.1;
    torch::NoGradGuard no_grad;
    for (int i = 0; i < 4; ++i)
      if (norm > 0.5)
        theirs.parameters[i].copy_(before[i] + (theirs.parameters[i] - before[i]) * (0.5 / norm));
  }
  expect_close(ours, theirs);
}

TEST(TorchOptimizer, WhatIsSharedByAGroupSkipsToo) {
  for (const char* rho : {"auto", "auto:likelihood", "auto:factored", "learn"}) {
    Sometimes model;
    TorchOptimizer optimizer(model.parameters, {.lr = 0.01, .rho = parse_rho(rho), .weight_decay = 0.1});
    model.step(optimizer, 0, 40);
    EXPECT_TRUE(model.parameters[2].equal(Sometimes().parameters[2])) << rho;
    EXPECT_TRUE(model.parameters[1].isfinite().all().item<bool>()) << rho;
  }
  for (const auto pooling : {Pooling::layer, Pooling::network}) {
    Sometimes model, at_once;
    TorchOptimizer optimizer(model.parameters, {.lr = 0.01, .pooling = pooling, .momentum = 0.9});
    model.step(optimizer, 0, 40);
    EXPECT_TRUE(model.parameters[2].equal(at_once.parameters[2]));
  }
}

TEST(TorchOptimizer, SkippedParametersContinueBitExactlyFromAnArchive) {
  for (const int cut : {0, 1, 2, 7, 8, 9, 20}) {
    const OptimizerConfig config{.recipe = "adam", .weight_decay = 0.1, .clip_norm = 1.0};
    Sometimes model(torch::kFloat32), copy(torch::kFloat32);
    TorchOptimizer original(model.parameters, config), resumed(copy.parameters, config);
    model.step(original, 0, cut);
    std::stringstream file;
    torch::save(original, file);
    torch::load(resumed, file);
    for (int i = 0; i < 4; ++i) copy.parameters[i].detach().copy_(model.parameters[i].detach());
    model.step(original, cut, 30);
    copy.step(resumed, cut, 30);
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(model.parameters[i].equal(copy.parameters[i])) << i << " " << cut;
  }
}

TEST(TorchOptimizer, PartsThatDoNotFitAreRefused) {
  Sometimes model, other;
  TorchOptimizer optimizer(model.parameters);
  model.step(optimizer, 0, 10);
  core::Tensors saved;
  optimizer.save(saved, "");
  for (const std::int64_t bad : {-7, 1, 4, 1 << 20}) {
    core::Tensors damaged = saved;
    const std::vector<std::int64_t> parts{bad, 5, -1, 0};
    damaged.all().erase("group0/parts");
    damaged.put("group0/parts", std::span<const std::int64_t>(parts));
    TorchOptimizer fresh(other.parameters);
    EXPECT_THROW(fresh.load(damaged, ""), core::CorruptError) << bad;
  }
}

std::string refusal(at::Tensor parameter, at::Tensor gradient) {
  at::Tensor first = torch::ones({2}).requires_grad_();
  first.mutable_grad() = torch::ones({2});
  parameter.requires_grad_();
  std::string message;
  TorchOptimizer optimizer({first, parameter});
  parameter.mutable_grad() = std::move(gradient);
  try {
    optimizer.step();
  } catch (const std::invalid_argument& error) {
    message = error.what();
  }
  EXPECT_TRUE(first.equal(torch::ones({2}))) << "was stepped";
  return message;
}

TEST(TorchOptimizer, SparseGradientsAreRefusedNamingTheParameter) {
  const std::string message = refusal(torch::ones({3, 2}), torch::ones({3, 2}).to_sparse());
  EXPECT_NE(message.find("parameter 1 of group 0"), std::string::npos) << message;
  EXPECT_NE(message.find("sparse(true)"), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

TEST(TorchOptimizer, AnotherPrecisionIsRefusedOnlyWhereItHasAGradient) {
  at::Tensor half = torch::ones({2}, torch::kFloat16), single = torch::ones({2}).requires_grad_();
  at::Tensor wide = torch::ones({2}, torch::kFloat64).requires_grad_();
  TorchOptimizer optimizer({half, single, wide});
  single.mutable_grad() = torch::ones({2});
  wide.mutable_grad() = torch::ones({2}, torch::kFloat64);
  optimizer.step();
  EXPECT_TRUE(half.equal(torch::ones({2}, torch::kFloat16)));
  EXPECT_FALSE(single.equal(torch::ones({2})));
  EXPECT_FALSE(wide.equal(torch::ones({2}, torch::kFloat64)));
  half.requires_grad_();
  half.mutable_grad() = torch::ones({2}, torch::kFloat16);
  EXPECT_THROW(optimizer.step(), std::invalid_argument);
}

TEST(TorchOptimizer, IntegersAreRefused) {
  TorchOptimizer optimizer({torch::ones({2}, torch::kInt64)});
  EXPECT_THROW(optimizer.step(), std::invalid_argument);
}

}  // namespace
}  // namespace rhoam::optim
