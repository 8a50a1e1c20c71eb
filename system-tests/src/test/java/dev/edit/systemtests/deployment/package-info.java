/**
 * Manifests, images, dashboards and alerts, held to the schemas of what reads them and to the code
 * that they speak of.
 */
package dev.edit.systemtests.deployment;
