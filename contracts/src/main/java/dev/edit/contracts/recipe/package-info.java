/** What a training run is made of: the named recipes and their hyperparameters. */
package dev.edit.contracts.recipe;
