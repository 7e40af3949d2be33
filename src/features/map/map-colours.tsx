import { memo } from 'react';
import { useStore } from 'zustand';
import { formatScaleValue } from '@/core/dataset/describe-scale';
import { categoryColourCount } from '@/gl/palettes';
import { groupColour } from '@/gl/row-colours';
import { playStore } from '@/state/playing';
import { MapLegend } from '@/ui/map-legend';
import classes from './map-colours.module.css';
import { ScaleLegend, WaitingLegend } from './scale-legend';
import type { MapColouring } from './use-map-colours';

/** What the colours and sizes on the map mean, at its top left. */
export const MapColours = memo(function MapColours({
  shown,
  isDark,
}: {
  shown: MapColouring;
  isDark: boolean;
}) {
  return (
    <div className={classes.corner}>
      <ColourLegend shown={shown} isDark={isDark} />
      {shown.size !== null && (
        <p className={classes.size}>
          <span className={classes.small} aria-hidden="true" />
          {formatScaleValue(shown.size.scale.low, shown.size.scale.kind)} to{' '}
          <span className={classes.large} aria-hidden="true" />
          {formatScaleValue(shown.size.scale.high, shown.size.scale.kind)} {shown.size.name}
        </p>
      )}
    </div>
  );
});

function ColourLegend({ shown, isDark }: { shown: MapColouring; isDark: boolean }) {
  const { colouring, own, filter, onFocusGroup, lensRow } = shown;
  const isPresented = useStore(playStore, ({ playing }) => playing?.kind === 'presentation');
  if (lensRow !== null)
    return (
      <ScaleLegend
        title="Distance lens"
        shares={null}
        wordsAt={String}
        ends={['0', '100 %']}
        about={`Share of all pairs that are less alike than a row is to row ${lensRow}.`}
        without={{ count: 0, why: '' }}
        isDark={isDark}
      />
    );
  switch (colouring.kind) {
    case 'scale':
      return <ScaleLegend key={colouring.title} {...colouring} isDark={isDark} />;
    case 'waiting':
      return <WaitingLegend {...colouring} />;
    case 'groups': {
      const { title, groups, unit, emptyName } = colouring;
      return (
        <MapLegend
          title={title}
          groups={shown.legendGroups ?? groups}
          selectedOf={shown.selectedOf}
          unit={unit}
          emptyName={emptyName}
          isPresented={isPresented}
          colourCount={categoryColourCount}
          colourOf={(group) => groupColour(group, isDark, own)}
          onFocusGroup={onFocusGroup}
          own={own}
          onColour={shown.onColour}
          {...filter}
        />
      );
    }
    default:
      return null;
  }
}
