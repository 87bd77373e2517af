/** What happens while a command of a step is performed, as events. */
import type { Happening } from '../../perform/line/hearing.ts';
import type { Scene } from '../scene.ts';
import { progressOf } from './progress-told.ts';

export function lineEvents(step: string, scene: Scene): (happening: Happening) => void {
  const progress = progressOf(step, () => performance.now());
  return (happening) => {
    switch (happening.is) {
      case 'request':
        scene.emit({ type: 'request', step, ...happening.request });
        break;
      case 'message': {
        const event = progress(happening.message, happening.printed);
        if (event) scene.emit(event);
        break;
      }
      case 'output': {
        const { stream, text } = happening;
        scene.emit({ type: 'output', step, stream, text });
        break;
      }
      case 'kept':
        scene.kept.push(happening.kept);
        scene.emit({ type: 'kept', step, ...happening.kept });
        break;
    }
  };
}
