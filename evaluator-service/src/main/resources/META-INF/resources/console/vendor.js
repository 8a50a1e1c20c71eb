// The libraries, from the jars on the class path. Their versions stand in the module's pom as well.
export { html, render, Component, useState, useEffect, useRef, useMemo, useCallback } from "/_static/htm/3.1.1/preact/standalone.module.js";
export { default as uPlot } from "/webjars/uplot/1.6.30/dist/uPlot.esm.js";
