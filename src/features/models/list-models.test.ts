import { describe, expect, it } from 'vitest';
import type { CatalogModel } from '@/queries/catalog';
import { describeList, listModels, mostListed } from './list-models';

function model(id: string, name = id): CatalogModel {
  return {
    id,
    name,
    embeds: 'strong',
    contextLength: null,
    availability: null,
    gated: null,
    availableOnPlan: null,
    concurrencyCost: null,
    page: null,
  };
}

const ids = (list: ReturnType<typeof listModels>) => list.listed.map(({ id }) => id);

describe('listModels', () => {
  const catalog = [
    model('Qwen/Qwen3-Embedding-8B'),
    model('BAAI/bge-m3', 'BGE many languages'),
    model('a/Qwen-chat'),
  ];

  it('keeps the order of the catalog and finds every word in id or name, capitals aside', () => {
    expect(ids(listModels(catalog, [], ''))).toEqual([
      'Qwen/Qwen3-Embedding-8B',
      'BAAI/bge-m3',
      'a/Qwen-chat',
    ]);
    expect(ids(listModels(catalog, [], ' 8b  QWEN'))).toEqual(['Qwen/Qwen3-Embedding-8B']);
    expect(ids(listModels(catalog, [], 'languages'))).toEqual(['BAAI/bge-m3']);
    expect(ids(listModels(catalog, [], 'voyage'))).toEqual([]);
  });

  it('puts models typed by hand first, once', () => {
    const list = listModels(catalog, ['my/model', 'BAAI/bge-m3'], '');
    expect(ids(list)).toEqual(['my/model', 'Qwen/Qwen3-Embedding-8B', 'BAAI/bge-m3', 'a/Qwen-chat']);
    expect(list.listed.map(({ isByHand }) => isByHand)).toEqual([true, false, false, false]);
  });

  it('lists the first matches and counts all of them', () => {
    const many = Array.from({ length: 1214 }, (_, place) => model(`org/model-${place}`));
    const list = listModels(many, [], 'model');
    expect(list.listed).toHaveLength(mostListed);
    expect(list.listed.at(-1)?.id).toBe('org/model-199');
    expect(describeList(list)).toBe('First 200 of 1,214 matches');
    expect(describeList(listModels(many, [], 'model-121'))).toBe('5 of 1,214 models');
    expect(describeList(listModels(many, [], 'nothing'))).toBe('No match among 1,214 models');
    expect(describeList(listModels(catalog, [], ''))).toBe('3 models');
  });
});
