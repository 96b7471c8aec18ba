#include "optim/torch_optimizer.h"

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

#include "core/errors.h"

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

TEST(TorchOptimizer, IntegersAreRefused) {
  TorchOptimizer optimizer({torch::ones({2}, torch::kInt64)});
  EXPECT_THROW(optimizer.step(), std::invalid_argument);
}

}  // namespace
}  // namespace rhoam::optim
