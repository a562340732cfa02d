/** `npm run build`: the static site in `out/`, its content checked and its budgets kept. */
import { basePathOf, configured } from './environment.mjs';
import { bin, run, typescript } from './steps.mjs';

/** Whether the site was built; each step prints its own problems. */
export function build() {
  return (
    // React draws several times as fast without what it does for developers.
    run(typescript('scripts/generate.ts'), { NODE_ENV: 'production' }) &&
    run([bin('next'), 'build']) &&
    run(typescript('scripts/finish-export.ts'))
  );
}

// Said before the minutes that the build takes.
configured(basePathOf);
if (!build()) process.exit(1);
